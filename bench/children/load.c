/* Loads a child program with calls: `load PROGRAM [ARGUMENT …] TOTAL IN-FLIGHT`.
   Calls add({ a, b }) over the program's stdin and stdout, one line a message, IN-FLIGHT calls always under way, and
   sends in one write as many calls as the last read brought answers. A fifth of TOTAL runs first and is not measured.
   Prints {"seconds": …, "count": …}, the number of right answers. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_CALL = 128, READ_SIZE = 256 * 1024 };

static int to_child, from_child;
static char input[READ_SIZE + 1];
static size_t unread;
static long next_id = 1;

static void fail(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, errno == 0 ? "unexpected" : strerror(errno));
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static pid_t start(char **command) {
  int in[2], out[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, in) != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, out) != 0)
    fail("socketpair");
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child == 0) {
    dup2(in[1], 0);
    dup2(out[1], 1);
    close(in[0]), close(in[1]), close(out[0]), close(out[1]);
    execvp(command[0], command);
    fail(command[0]);
  }
  close(in[1]), close(out[1]);
  to_child = in[0];
  from_child = out[0];
  return child;
}

static void send_calls(long count) {
  static char *output;
  static long capacity;
  if (count > capacity) {
    capacity = count;
    output = realloc(output, (size_t)capacity * LONGEST_CALL);
    if (output == NULL) fail("memory");
  }
  size_t size = 0;
  for (long i = 0; i < count; i++, next_id++)
    size += (size_t)sprintf(output + size,
                            "{\"jsonrpc\":\"2.0\",\"id\":%ld,\"method\":\"add\",\"params\":{\"a\":%ld,\"b\":%ld}}\n",
                            next_id, next_id, next_id % 1000);
  for (size_t written = 0; written < size;) {
    ssize_t n = write(to_child, output + written, size - written);
    if (n < 0) fail("the program reads no more");
    written += (size_t)n;
  }
}

static long number_after(const char *line, const char *key) {
  const char *place = strstr(line, key);
  if (place == NULL) {
    fprintf(stderr, "load: an answer without %s: %s\n", key, line);
    exit(1);
  }
  return strtol(place + strlen(key), NULL, 10);
}

/* Reads once; the number of lines that came. */
static long read_answers(long *right) {
  ssize_t n = read(from_child, input + unread, READ_SIZE - unread);
  if (n <= 0) fail("the program ended early");
  char *line = input, *end = input + unread + n;
  long lines = 0;
  for (char *stop; (stop = memchr(line, '\n', (size_t)(end - line))) != NULL; line = stop + 1, lines++) {
    *stop = 0;
    long id = number_after(line, "\"id\":"), result = number_after(line, "\"result\":");
    if (result == id + id % 1000) ++*right;
  }
  unread = (size_t)(end - line);
  memmove(input, line, unread);
  return lines;
}

static long run(long total, long in_flight) {
  long sent = in_flight < total ? in_flight : total, answered = 0, right = 0;
  send_calls(sent);
  while (answered < total) {
    long lines = read_answers(&right);
    answered += lines;
    long more = total - sent < lines ? total - sent : lines;
    if (more > 0) send_calls(more);
    sent += more;
  }
  return right;
}

int main(int count, char **arguments) {
  if (count < 4) {
    fprintf(stderr, "usage: load PROGRAM [ARGUMENT …] TOTAL IN-FLIGHT\n");
    return 2;
  }
  long total = atol(arguments[count - 2]), in_flight = atol(arguments[count - 1]);
  arguments[count - 2] = NULL;
  pid_t child = start(arguments + 1);
  run(total / 5, in_flight);
  double begin = now();
  long right = run(total, in_flight);
  printf("{\"seconds\":%f,\"count\":%ld}\n", now() - begin, right);
  close(to_child);
  waitpid(child, NULL, 0);
  return 0;
}
