import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import type { PlaceOf } from '../../ports.ts'

/** Addresses from the first to the last, as numbers of 128 bits. */
type Stretch = { readonly first: bigint; readonly last: bigint; readonly country: string }

/** IPv4 stands in IPv6 as `::ffff:a.b.c.d`. */
const mapped = 0xffff_0000_0000n

function ipv4(address: string): bigint {
  return address.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)
}

/** Undefined for what is no address. A zone (`%eth0`) is not read. */
function addressNumber(address: string): bigint | undefined {
  const version = isIP(address)
  if (version === 4) return mapped | ipv4(address)
  if (version !== 6 || address.includes('%')) return undefined
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address)
  const low = dotted ? ipv4(dotted[2] ?? '') : 0n
  const text = dotted ? `${dotted[1]}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}` : address
  const [head = '', tail] = text.split('::')
  const groups = (part: string | undefined): readonly string[] => (part ? part.split(':') : [])
  const [before, after] = [groups(head), groups(tail)]
  const middle = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...middle, ...after].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}

const linePattern = /^(\S+)\/(\d{1,3})\s+([A-Z]{2})$/

function stretchOf(line: string): Stretch | undefined {
  const [, address = '', bits = '', country = ''] = linePattern.exec(line) ?? []
  const number = addressNumber(address)
  const most = isIP(address) === 4 ? 32 : 128
  if (number === undefined || Number(bits) > most) return undefined
  const rest = BigInt(most - Number(bits))
  const first = (number >> rest) << rest
  return { first, last: first | ((1n << rest) - 1n), country }
}

/** Where they overlap, the narrower one tells: it begins later, or at the same address and ends earlier. */
const inOrder = (a: Stretch, b: Stretch): number =>
  a.first < b.first ? -1 : a.first > b.first ? 1 : a.last > b.last ? -1 : a.last < b.last ? 1 : 0

/** For each stretch the nearest one before it that it lies in; -1 where there is none. */
function enclosing(all: readonly Stretch[]): readonly number[] {
  const open: number[] = []
  return all.map(({ first }, index) => {
    while (open.length > 0 && (all[open.at(-1) ?? 0]?.last ?? 0n) < first) open.pop()
    const around = open.at(-1) ?? -1
    open.push(index)
    return around
  })
}

/**
 * A table of places: one line each, a network and the country (ISO 3166-1 alpha-2), such as `203.0.113.0/24 SG`; empty lines and what follows a # are left out.
 * Throws a TypeError that names the first line that is not so.
 */
export function parsePlaces(text: string): PlaceOf {
  const all = text.split(/\r?\n/).flatMap((line, index) => {
    const told = line.replace(/#.*/, '').trim()
    if (told === '') return []
    const stretch = stretchOf(told)
    if (!stretch) throw new TypeError(`line ${index + 1} is not NETWORK/BITS COUNTRY`)
    return [stretch]
  })
  all.sort(inOrder)
  const around = enclosing(all)
  return address => {
    const number = addressNumber(address)
    if (number === undefined) return null
    let [low, high] = [0, all.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((all[middle]?.first ?? 0n) <= number) low = middle + 1
      else high = middle
    }
    let index = low - 1
    while (index >= 0 && (all[index]?.last ?? 0n) < number) index = around[index] ?? -1
    return all[index]?.country ?? null
  }
}

export const readPlaces = (path: string): PlaceOf => parsePlaces(readFileSync(path, 'utf8'))
