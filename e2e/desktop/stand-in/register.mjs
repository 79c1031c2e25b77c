// Makes `import … from 'electron'` mean the stand-in, for computers that cannot have Electron's binary.
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context)
    return { url: new URL('./electron.mjs', import.meta.url).href, shortCircuit: true }
  },
})
