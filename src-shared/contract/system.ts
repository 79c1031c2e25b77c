import { z } from 'zod'
import { fault } from '../domain/fault'
import { builtInProtocols, hangingProtocol } from '../domain/hanging-protocol'
import { provider, providerTrial } from '../domain/provider'
import { procedure } from './base'

export const settings = z.object({
  language: z.enum(['system', 'en', 'zh']).default('system'),
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
  provider: z.union([z.literal('auto'), provider]).default('auto'),
  /** Show masks, contours and boxes when a study is opened. */
  showPredictions: z.boolean().default(true),
  overlayOpacity: z.number().min(0).max(1).default(0.35),
  /** Whose annotations are made here; the operating system's user until a person says otherwise. */
  reader: z.string().trim().max(100).default(''),
  /** Label schemas for examinations and for audits of shelves. */
  examinationLabels: z.string().default('lesions'),
  auditLabels: z.string().default('products'),
  /** How studies are laid out when they are opened, the first that fits. */
  hangingProtocols: z
    .array(hangingProtocol)
    .max(50)
    .default([...builtInProtocols]),
})
export type Settings = z.infer<typeof settings>

/** What a person changes; what is absent stays as it is (no defaults here, they would undo earlier choices). */
export const settingsChange = z
  .object({
    language: settings.shape.language.unwrap(),
    theme: settings.shape.theme.unwrap(),
    provider: settings.shape.provider.unwrap(),
    showPredictions: settings.shape.showPredictions.unwrap(),
    overlayOpacity: settings.shape.overlayOpacity.unwrap(),
    reader: settings.shape.reader.unwrap(),
    examinationLabels: settings.shape.examinationLabels.unwrap(),
    auditLabels: settings.shape.auditLabels.unwrap(),
    hangingProtocols: settings.shape.hangingProtocols.unwrap(),
  })
  .partial()
export type SettingsChange = z.infer<typeof settingsChange>

/** What `lepton doctor` prints and the Settings screen shows. */
export const doctorReport = z.object({
  app: z.object({
    version: z.string(),
    shell: z.enum(['desktop', 'server', 'cli']),
  }),
  runtime: z.object({
    node: z.string(),
    electron: z.string().nullable(),
    onnxruntime: z.string().nullable(),
    platform: z.string(),
    cpu: z.string(),
    cores: z.number().int(),
    memoryBytes: z.number(),
  }),
  data: z.object({
    folder: z.string(),
    databaseBytes: z.number(),
    schemaVersion: z.number().int(),
    integrity: z.enum(['ok', 'broken']),
    freeBytes: z.number(),
  }),
  /** What the engine knows of each provider before any model is tried. */
  providers: z.array(z.object({ provider, available: z.boolean(), fault: fault.nullable() })),
  models: z.array(
    z.object({
      id: z.string(),
      version: z.string(),
      active: z.boolean(),
      chosen: provider.nullable(),
      fault: fault.nullable(),
      trials: z.array(providerTrial),
    }),
  ),
  engine: z.object({ running: z.boolean(), restarts: z.number().int(), memoryBytes: z.number().nullable() }),
})
export type DoctorReport = z.infer<typeof doctorReport>

export const systemContract = {
  about: procedure.route({ method: 'GET', path: '/system/about' }).output(
    z.object({
      version: z.string(),
      shell: z.enum(['desktop', 'server', 'cli']),
      /** Where files and folders can be named by path (dialogs, typed paths). */
      dataFolder: z.string(),
      settings,
    }),
  ),
  doctor: procedure.route({ method: 'GET', path: '/system/doctor' }).output(doctorReport),
  saveSettings: procedure
    .route({ method: 'PUT', path: '/system/settings' })
    .input(settingsChange)
    .output(settings),
}
