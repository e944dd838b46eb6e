// A reporter of vitest that hands the whole run to scripts/test.mjs: each test with its state, and the reason where it was skipped.
import { writeFileSync } from 'node:fs'

export default class Report {
  onTestRunEnd(modules, unhandled) {
    const tests = []
    const broken = []
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, errors, note } = test.result()
        tests.push({
          name: `${module.relativeModuleId} > ${test.fullName}`,
          state,
          reason: note ?? '',
          errors: (errors ?? []).map(error => error.message),
        })
      }
      // A file that could not be read, or whose hooks outside of a test failed, has errors of its own.
      const errors = [module, ...module.children.allSuites()].flatMap(part => part.errors())
      if (errors.length > 0) broken.push({ name: module.relativeModuleId, errors: errors.map(error => error.message) })
    }
    for (const error of unhandled) broken.push({ name: 'an error outside of any test', errors: [error.message] })
    writeFileSync(process.env.OKPAY_TEST_REPORT, JSON.stringify({ tests, broken }))
  }
}
