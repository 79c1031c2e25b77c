import type { AugmentationRecipe } from '#shared/domain/data-set/augmentation'

/** Lets a person keep a recipe as a JSON file. */
export function saveRecipe(name: string, recipe: AugmentationRecipe): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(recipe, null, 2)], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = address
  link.download = name.replaceAll(/[\\/:*?"<>|]/g, '_')
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
