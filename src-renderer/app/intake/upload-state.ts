import { create } from 'zustand'
import type { Fault } from '#shared/domain/fault'

interface UploadState {
  /** Files to send; null while nothing is sent. */
  total: number | null
  sent: number
  sentBytes: number
  /** Files that could not be sent, until they were seen. */
  failed: readonly { path: string; fault: Fault }[]
  cancel: (() => void) | null
  begin: (total: number, cancel: () => void) => void
  sentOne: (bytes: number) => void
  failedOne: (path: string, fault: Fault) => void
  end: () => void
}

/** The upload under way in this window. */
export const useUpload = create<UploadState>((set) => ({
  total: null,
  sent: 0,
  sentBytes: 0,
  failed: [],
  cancel: null,
  begin: (total, cancel) => set({ total, cancel, sent: 0, sentBytes: 0, failed: [] }),
  sentOne: (bytes) => set((state) => ({ sent: state.sent + 1, sentBytes: state.sentBytes + bytes })),
  failedOne: (path, fault) => set((state) => ({ failed: [...state.failed, { path, fault }] })),
  end: () => set({ total: null, cancel: null }),
}))
