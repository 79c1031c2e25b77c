/** Attributes of VR UI that name a class, a code or an implementation and no one's data. */
const CLASS_UIDS: ReadonlySet<number> = new Set([
  0x00080016, // SOP Class UID
  0x0008001a, // Related General SOP Class UID
  0x0008001b, // Original Specialized SOP Class UID
  0x00080062, // SOP Classes in Study
  0x0008010c, // Coding Scheme UID
  0x0008010d, // Context Group Extension Creator UID
  0x00080117, // Context UID
  0x00080118, // Mapping Resource UID
  0x00081150, // Referenced SOP Class UID
  0x0008115a, // SOP Classes Supported
  0x00083002, // Available Transfer Syntax UID
  0x04000010, // MAC Calculation Transfer Syntax UID
  0x04000510, // Encrypted Content Transfer Syntax UID
])

/** Whether the values of an attribute may stay although they are UIDs. */
export function namesClass(tag: number): boolean {
  return CLASS_UIDS.has(tag)
}

/** UIDs of the standard itself: classes, syntaxes, well-known frames of reference. */
export function isStandardUid(uid: string): boolean {
  return uid.startsWith('1.2.840.10008.')
}
