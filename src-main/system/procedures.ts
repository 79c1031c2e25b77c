import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { systemContract } from '#shared/contract/system'
import { type DoctorDeps, examine } from './doctor'
import type { SettingsStore } from './settings'

/** Procedures of `contract.system`. */
export function systemProcedures(doctor: DoctorDeps, settings: SettingsStore) {
  const api = implement(systemContract).use(faults)
  return api.router({
    about: api.about.handler(() => ({
      version: doctor.app.version,
      shell: doctor.app.shell,
      dataFolder: doctor.dataFolder,
      settings: settings.read(),
    })),
    doctor: api.doctor.handler(() => examine(doctor)),
    saveSettings: api.saveSettings.handler(({ input }) => settings.save(input)),
  })
}
