import { QuestionQueue } from '../ask/question-queue.js'
import type { ExitReport } from '../errors/worker-error.js'
import { notRunning, stdinClosed } from '../errors/worker-errors.js'
import type { Run } from './run.js'

/** What questions need of a worker. */
interface QuestionedWorker {
  readonly running: boolean
  send(data: string): boolean
  exitReport(): ExitReport
}

/** The questions to a worker's program, whichever run it is in. */
export const questionsTo = (
  worker: QuestionedWorker,
  run: () => Run | undefined,
  changed: () => void,
): QuestionQueue =>
  new QuestionQueue({
    send: data => worker.send(data),
    refused: () => (worker.running ? stdinClosed : notRunning)(worker.exitReport()),
    unterminated: () => run()?.prompt ?? '',
    hint: () => run()?.hint,
    unlimited: () => run()?.awaitsReply(),
    changed,
  })
