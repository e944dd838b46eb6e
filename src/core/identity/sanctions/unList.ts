import { createXmlCutter, findAll, textAt, type XmlNode } from '../../rails/bank/xml.ts'
import type { ListedPerson, SanctionsList } from './screen.ts'

const namesInOrder = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'] as const

/** The years that a birth can be of: a day, a year, or a stretch of at most thirty years. */
function yearsOf(birth: XmlNode): readonly string[] {
  const year = (textAt(birth, 'DATE') || textAt(birth, 'YEAR')).slice(0, 4)
  if (/^\d{4}$/.test(year)) return [year]
  const [from, to] = [Number(textAt(birth, 'FROM_YEAR')), Number(textAt(birth, 'TO_YEAR'))]
  const isStretch = from > 1800 && to >= from && to - from <= 30
  return isStretch ? Array.from({ length: to - from + 1 }, (_, index) => String(from + index)) : []
}

function personOf(node: XmlNode): ListedPerson {
  const main = namesInOrder.map(name => textAt(node, name)).filter(part => part !== '')
  const aliases = findAll(node, 'INDIVIDUAL_ALIAS').flatMap(alias => textAt(alias, 'ALIAS_NAME').split(';'))
  const names = [main.join(' '), textAt(node, 'NAME_ORIGINAL_SCRIPT'), ...aliases].map(name => name.trim()).filter(name => name !== '')
  return {
    reference: textAt(node, 'REFERENCE_NUMBER') || textAt(node, 'DATAID'),
    names: [...new Set(names)],
    bornIn: [...new Set(findAll(node, 'INDIVIDUAL_DATE_OF_BIRTH').flatMap(yearsOf))],
  }
}

/**
 * Reads the consolidated list of the United Nations Security Council as it is published in XML (root `CONSOLIDATED_LIST`): the persons on it, with their
 * aliases and their names in the original script. Throws a TypeError that says what is wrong; a list that holds nobody is none.
 */
export function readUnList(text: string): SanctionsList {
  const persons: ListedPerson[] = []
  const cutter = createXmlCutter({
    open: (name, depth) => {
      if (depth === 0) return name === 'CONSOLIDATED_LIST' ? 'container' : 'skip'
      if (depth === 1) return name === 'INDIVIDUALS' ? 'container' : 'skip'
      return name === 'INDIVIDUAL' ? 'cut' : 'skip'
    },
    cut: node => {
      const person = personOf(node)
      if (person.names.length > 0) persons.push(person)
    },
    close: () => undefined,
  })
  const problem = cutter.write(text) ?? cutter.end()
  if (problem) throw new TypeError(`the sanctions list is not as the United Nations publish it: ${problem.code}`)
  if (persons.length === 0) throw new TypeError('the sanctions list holds nobody: CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL was looked for')
  return { madeOn: /dateGenerated="(\d{4}-\d{2}-\d{2})/.exec(text.slice(0, 2_000))?.[1] ?? '', persons }
}
