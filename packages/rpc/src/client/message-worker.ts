import { Worker, type Command, type WorkerOptions } from '@simple-ipc/worker'

import type { Frame } from '../transport/frame.js'
import { GatheredWrites } from '../transport/gathered-writes.js'
import type { TextOutput } from '../transport/text-output.js'

/** A worker that also writes messages. They are gathered as text, in order with what the user sends. */
export class MessageWorker extends Worker {
  readonly link: TextOutput
  readonly #gathered: GatheredWrites

  constructor(command: Command, frame: Frame, options: WorkerOptions) {
    super(command, options)
    const gathered = new GatheredWrites(
      frame,
      (text, atOnce) => {
        super.write(text)
        if (atOnce) this.flush()
      },
      end => process.nextTick(end),
    )
    this.#gathered = gathered
    this.link = {
      send: json => gathered.send(json),
      sendItems: json => gathered.sendItems(json),
      sendParts: parts => gathered.sendParts(parts),
      drained: () => {
        gathered.flush()
        return this.drained()
      },
      bufferedAmount: 0,
    }
    Object.defineProperty(this.link, 'bufferedAmount', { get: () => this.bufferedAmount })
  }

  override get bufferedAmount(): number {
    return this.#gathered.length + super.bufferedAmount
  }

  override send(data: unknown): boolean {
    this.#gathered.flush()
    return super.send(data)
  }

  override write(data: string | Uint8Array): boolean {
    this.#gathered.flush()
    return super.write(data)
  }

  override stop(...grace: Parameters<Worker['stop']>): ReturnType<Worker['stop']> {
    this.#gathered.flush()
    return super.stop(...grace)
  }
}
