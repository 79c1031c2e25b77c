import { useEffect, useState } from 'react'

/** Milliseconds without a change before a value counts as settled. */
const STILL = 400

/** A value once it has not changed for a moment. */
export function useSettled<Value extends string | number | null>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), STILL)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
