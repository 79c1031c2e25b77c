/** T1-weighted signal of each tissue, relative to bright fat; read off public T1 series of thighs. */
export const t1 = {
  air: 0,
  skin: 0.36,
  fat: 0.97,
  muscle: 0.3,
  fascia: 0.45,
  vein: 0.16,
  cortex: 0.035,
  marrow: 0.92,
  tumour: 0.335,
  capsule: 0.2,
  necrosis: 0.26,
  haemorrhage: 0.52,
} as const
