import { spawn } from 'node:child_process'
import { isIP } from 'node:net'
import type { Command } from 'commander'
import { z } from 'zod'
import { readLater } from '#main/models/read-later'
import { serve } from '#main/server/serve'
import type { IntakeState } from '#shared/contract/sources'
import { LeptonError } from '#shared/domain/fault'
import { EXIT, printFault } from './faults'
import { onInterrupt } from './interrupt'
import { t } from './language'
import { type DataOption, withStudio } from './studio'

interface ServeOptions extends DataOption {
  port?: string
  host?: string
  open?: boolean
  dicomPort?: string
}

const portNumber = z.coerce.number().int().min(0).max(65_535)

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description(t('serve.about'))
    .option('--port <n>', t('serve.port'))
    .option('--host <addr>', t('serve.host'))
    .option('--open', t('serve.open'))
    .option('--dicom-port <n>', t('serve.dicomPort'))
    .option('--data <dir>', t('help.data'))
    .action((options: ServeOptions) =>
      withStudio(options, 'server', async (studio) => {
        const exposed = options.host !== undefined && !isLoopback(options.host)
        const dicomPort = portOf('--dicom-port', options.dicomPort)
        await studio.intake.start(dicomPort ? { port: dicomPort, network: exposed } : undefined)
        const port = portOf('--port', options.port)
        const server = await serve({ handler: studio.handler, host: options.host, port })
        console.log(t('serve.ready', { url: server.url }))
        tellReceiver(studio.intake.state())
        if (exposed) {
          console.error(`${t('fault.warning')}: ${t('serve.exposed', { host: options.host ?? '' })}`)
        }
        console.error(t('serve.stop'))
        if (options.open) openBrowser(server.url)
        const callOff = readLater(studio.models)
        await new Promise<void>((resolve) => onInterrupt(resolve))
        callOff()
        await server.close()
        return EXIT.ok
      }),
    )
}

function tellReceiver({ settings, receiver }: IntakeState): void {
  const { aeTitle } = settings.receiver
  if (receiver.port !== null) console.log(t('serve.receiving', { ae: aeTitle, port: receiver.port }))
  if (receiver.fault) printFault(receiver.fault)
}

function portOf(option: string, port: string | undefined): number | undefined {
  if (port === undefined) return undefined
  const parsed = portNumber.safeParse(port)
  if (parsed.success) return parsed.data
  throw new LeptonError('INPUT_INVALID', { expected: `${option} from 0 to 65535`, received: port })
}

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** The address is printed as well, so a computer without a browser loses nothing. */
function openBrowser(url: string): void {
  const [command, ...parts] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url]
  const child = spawn(command ?? 'xdg-open', parts, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
