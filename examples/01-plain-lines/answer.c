/* Reads a number from each line and answers with the next; ends at 42.
   Compiled by host.ts; by hand: cc -o answer answer.c && echo 41 | ./answer */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  char line[256];
  /* A pipe makes stdout block-buffered: without this line the answers would arrive together, at the end. */
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (fgets(line, sizeof line, stdin) != NULL) {
    char *end;
    long number = strtol(line, &end, 10);
    if (end == line) {
      printf("not a number: %s", line);
      continue;
    }
    if (number == 42) {
      printf("42, that is the answer\n");
      return 0;
    }
    printf("%ld\n", number + 1);
  }
  return 0;
}
