import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { serializeContract } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { contract } from '../cases/empty.js'
import { python } from '../support/toolchains.js'

/** What arrives while a notification waits for its handler, and what right after it was handled. */
const program = `
import json
import threading

from generated.simple_ipc.peer.inbox import Inbox


class Queue:
    def __init__(self):
        self.tasks = []

    def put(self, tasks):
        self.tasks += tasks


queue, order = Queue(), []
inbox = Inbox(queue, threading.Lock(), lambda: None, None)
inbox.deliver("a notification", lambda: order.append("notification"), 1)
inbox.in_order(lambda: order.append("first"))
inbox.hand_over()
queue.tasks.pop(0)()
inbox.in_order(lambda: order.append("second"))
inbox.hand_over()
assert not inbox.is_delivered
while queue.tasks:
    queue.tasks.pop(0)()
assert inbox.is_delivered
inbox.in_order(lambda: order.append("at once"))
print(json.dumps(order))
`

describe.skipIf(python === undefined)('what arrives for calls in Python', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    writeFiles(path.join(folder, 'generated'), generate(serializeContract(contract), 'python'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps its order behind a notification, also when that is handled in between', () => {
    const { stdout, stderr } = spawnSync(python ?? 'python3', ['-c', program], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual(['notification', 'first', 'second', 'at once'])
  })
})
