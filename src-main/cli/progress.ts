import type { Job } from '#shared/domain/job'
import { t } from './language'

const BAR_WIDTH = 28
/** Where nobody watches, a line at most this often. */
const LINE_MS = 5_000

interface Terminal {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

/** Shows how a job goes on: a live bar on a terminal, lines now and then elsewhere. */
export class Progress {
  readonly #terminal: Terminal
  readonly #before: string
  #lastLine = 0

  /** `before` is shown until the items are counted. */
  constructor(before: string, terminal: Terminal = process.stderr) {
    this.#before = before
    this.#terminal = terminal
  }

  show(job: Job): void {
    const text = job.total === null ? `${this.#before} …` : progressText(job)
    if (this.#terminal.isTTY) {
      const bar = job.total === null ? '' : `${barOf(job)} `
      this.#terminal.write(`\r\x1b[2K${`${bar}${text}`.slice(0, (this.#terminal.columns ?? 80) - 1)}`)
      return
    }
    const now = performance.now()
    if (now - this.#lastLine < LINE_MS && this.#lastLine > 0) return
    this.#lastLine = now
    this.#terminal.write(`${text}\n`)
  }

  /** Clears the bar, so that what follows starts on a line of its own. */
  end(): void {
    if (this.#terminal.isTTY) this.#terminal.write('\r\x1b[2K')
  }
}

const endedOf = (job: Job) => job.done + job.skipped + job.failed

function barOf(job: Job): string {
  const filled = job.total ? Math.round((endedOf(job) / job.total) * BAR_WIDTH) : 0
  return `[${'█'.repeat(filled)}${'·'.repeat(BAR_WIDTH - filled)}]`
}

function progressText(job: Job): string {
  const parts = [t('progress.count', { ended: endedOf(job), total: job.total })]
  if (job.rate !== null) parts.push(t('progress.rate', { rate: job.rate.toFixed(1) }))
  if (job.remainingSeconds !== null) parts.push(t('progress.left', { time: clock(job.remainingSeconds) }))
  if (job.failed > 0) parts.push(t('progress.failed', { failed: job.failed }))
  return parts.join(' · ')
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part) => String(part).padStart(2, '0')).join(':')
}
