import { expect, test, vi } from 'vitest'
import { WorkerLog } from './log.js'
import { WorkerError } from '../errors/worker-error.js'

test('a logger that throws stops nothing', () => {
  const logger = { info: vi.fn(() => { throw new Error('full disk') }), error: vi.fn(() => { throw new Error('full disk') }) } // prettier-ignore
  const log = new WorkerLog(1, '/usr/bin/cat', logger)
  log.info('x')
  log.failure(new WorkerError('TIMEOUT', 'y'))
  expect(logger.info).toHaveBeenCalledWith('[worker 1 cat] x')
  expect(logger.error).toHaveBeenCalledWith('[worker 1 cat] y')
})
