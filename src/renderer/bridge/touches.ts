const betweenTellingsMs = 15_000

/** Tells of the person's touches, at most every 15 s. */
export function watchTouches(tell: () => void): void {
  let toldAt = Number.NEGATIVE_INFINITY
  const touched = ({ timeStamp }: Event) => {
    if (timeStamp - toldAt < betweenTellingsMs) return
    toldAt = timeStamp
    tell()
  }
  for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) window.addEventListener(kind, touched, { passive: true })
}
