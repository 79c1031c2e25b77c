/** The layers of docs/architecture.md, as checks. Each rule's comment names the remedy. */
module.exports = {
  forbidden: [
    {
      name: 'shared-is-pure',
      comment:
        'src-shared holds pure TypeScript and zod: no Node, no DOM, no other layer. Move the code to src-main or src-renderer, or pass what it needs as an argument.',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot: '^src-shared/|^node_modules/(zod|@orpc/contract|i18next)/',
        dependencyTypesNot: ['undetermined'],
      },
    },
    {
      name: 'renderer-never-imports-main',
      comment:
        'The renderer talks to main through src-shared/contract only. Add a procedure to the contract.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/' },
    },
    {
      name: 'main-never-imports-renderer',
      comment: 'Main knows nothing of the screen. Move shared code to src-shared.',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^src-renderer/' },
    },
    {
      name: 'electron-only-in-desktop',
      comment:
        'Only src-main/desktop may import electron. Hand the capability to the service through studio.ts.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/desktop/' },
      to: { path: '^(node_modules/)?electron(/|$)' },
    },
    {
      name: 'cornerstone-only-in-viewer',
      comment:
        'Only src-renderer/viewer may import Cornerstone; its codecs belong to src-main/imaging. Use the viewer’s own components.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-renderer/viewer/' },
      to: { path: 'node_modules/@cornerstonejs/(core|tools|metadata|utils)/' },
    },
    {
      name: 'onnxruntime-only-in-engine',
      comment:
        'Models run in the engine process (src-main/engine) or the smart-brush worker. Send the work there.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^(src-main/engine/|src-renderer/annotate/)' },
      to: { path: 'node_modules/onnxruntime-' },
    },
    {
      name: 'sqlite-only-in-database',
      comment: 'Only src-main/database opens SQLite; features use the Database handed to them by studio.ts.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/database/' },
      to: { path: 'node_modules/better-sqlite3/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-meet-in-studio',
      comment:
        'A feature of src-main reaches another only through a service handed to it by studio.ts. Import its types, not its code.',
      severity: 'error',
      from: {
        path: '^src-main/(library|annotations|datasets|exchange|governance|reading|review|scoring|similarity|sources|teaching|models|samples|system|jobs)/',
        pathNot: '\\.test\\.ts$|/testing/',
      },
      to: {
        path: '^src-main/(library|annotations|datasets|governance|reading|review|scoring|similarity|sources|teaching|models|samples|system|jobs|engine|server|cli|desktop)/',
        pathNot: '^src-main/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nobody-imports-the-shells',
      comment: 'Shells are the outermost layer: move shared code into a feature or src-shared.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/(desktop|server|cli)/' },
      to: { path: '^src-main/(desktop|server|cli)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two modules import each other. Move what they share into a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
