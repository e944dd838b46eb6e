import type { Feature } from '../ports.ts'

/** Every feature of the service. To add one: a folder beside this file and a line here. */
export const features: readonly Feature[] = []
