export const trendSize = { width: 320, height: 56 } as const

/** Room for half the stroke, above and below. */
const margin = 4

/** The path of a line through values at equal distances, the least at the bottom and the most at the top; where all are one, through the middle. */
export function trendLine(values: readonly number[]): string {
  const least = Math.min(...values)
  const span = Math.max(...values) - least
  const { width, height } = trendSize
  const points = values.map((value, at) => {
    const x = (at / Math.max(1, values.length - 1)) * width
    const share = span === 0 ? 0.5 : (value - least) / span
    return `${x.toFixed(1)} ${(height - margin - share * (height - 2 * margin)).toFixed(1)}`
  })
  return `M${points.join(' L')}`
}
