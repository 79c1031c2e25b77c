import { keyFaces } from '#renderer/app/shortcuts'
import classes from './keys.module.css'

/** A key or chord as printed on a keyboard, e.g. `Mod+A`. */
export function Keys({ of }: { of: string }) {
  return (
    <span className={classes.keys}>
      {keyFaces(of).map((face) => (
        <kbd key={face} className={classes.key}>
          {face}
        </kbd>
      ))}
    </span>
  )
}
