/** How long a first message is waited for before people are told, in milliseconds. */
const patience = 5_000

/** Tells once on stderr that calls wait for a side that has sent no message at all: without a timeout nothing else would. */
export class SilenceNotice {
  private readonly isSilent: () => boolean
  private readonly say: () => void
  private timer: NodeJS.Timeout | undefined = undefined
  private said = false

  /**
   * @param isSilent calls were sent, and no message has come
   * @param say writes the notice
   */
  constructor(isSilent: () => boolean, say: () => void) {
    this.isSilent = isSilent
    this.say = say
  }

  /** The first call was made, or the last one has ended. */
  busy(busy: boolean, heard: boolean): void {
    if (this.timer !== undefined) clearTimeout(this.timer)
    this.timer = undefined
    if (!busy || heard || this.said) return
    this.timer = setTimeout(() => {
      if (!this.isSilent()) return
      this.said = true
      this.say()
    }, patience).unref()
  }
}
