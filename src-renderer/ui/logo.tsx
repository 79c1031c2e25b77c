/** The mark of the app: a lens with a finding in it. */
export function Logo({ size = 30 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="12" fill="none" stroke="var(--accent)" strokeWidth="2" />
      <path d="M4 16h7m10 0h7M16 4v6" stroke="var(--accent)" strokeWidth="2" strokeLinecap="round" />
      <circle cx="18" cy="18" r="4.5" fill="var(--lesion)" />
    </svg>
  )
}
