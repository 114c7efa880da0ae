/** What a session has come to: while it is not open, calls are held. */
export type SessionStage = 'starting' | 'verifying' | 'preparing' | 'open'

/** What has arrived from the other side: counted, for whoever waits in vain. */
export class Arrivals {
  messages = 0
  /** Those that are not messages. */
  lines = 0
  lastLine = ''
  stage: SessionStage = 'starting'
  /** It was told what lines are that are almost messages. */
  isHinted = false
  private before = 0

  /** Another session begins. */
  begin(stage: SessionStage): void {
    this.before = this.messages
    this.stage = stage
  }

  /** Has a message arrived in this session? */
  get any(): boolean {
    return this.messages > this.before
  }
}
