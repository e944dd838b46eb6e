// What the tests and benches need beside npm packages, and how to find it.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * One row a tool: the commands that prove it is there (any one of them), the Debian package that brings it, and what it is for.
 * `places` are where installers of other systems put it, outside of the PATH.
 */
export const tools = {
  chromium: {
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'],
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    package: 'chromium',
    use: 'the tests in a real window',
  },
  'gnome-keyring': { commands: ['gnome-keyring-daemon'], places: [], package: 'gnome-keyring', use: 'the tests with a real keychain' },
  'secret-tool': { commands: ['secret-tool'], places: [], package: 'libsecret-tools', use: 'the tests with a real keychain' },
  dbus: { commands: ['dbus-run-session'], places: [], package: 'dbus', use: 'the tests with a real keychain' },
  hledger: { commands: ['hledger'], places: [], package: 'hledger', use: 'the tests that read our journals with a peer' },
  ledger: { commands: ['ledger'], places: [], package: 'ledger', use: 'the tests that read our books with a peer' },
  'bean-check': { commands: ['bean-check'], places: [], package: 'beancount', use: 'the tests that read our books with a peer' },
  'bean-query': { commands: ['bean-query'], places: [], package: 'beancount', use: 'the tests that read our books with a peer' },
  zbarimg: { commands: ['zbarimg'], places: [], package: 'zbar-tools', use: 'the tests that scan our QR codes with a peer' },
  oathtool: { commands: ['oathtool'], places: [], package: 'oathtool', use: 'the tests that make authenticator codes with a peer' },
  postgresql: {
    commands: ['pg_ctl'],
    // Debian keeps the programs of each version apart from the PATH.
    places: ['18', '17', '16', '15', '14'].map(version => `/usr/lib/postgresql/${version}/bin/pg_ctl`),
    package: 'postgresql',
    use: 'the tests of the service on PostgreSQL',
  },
  sqlite3: { commands: ['sqlite3'], places: [], package: 'sqlite3', use: 'the benches that measure against a peer' },
}

/** The path of a tool, or undefined where this machine lacks it. */
export function findTool(name) {
  const { commands, places } = tools[name]
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  const named = commands.flatMap(command => folders.map(folder => join(folder, process.platform === 'win32' ? `${command}.exe` : command)))
  return [...named, ...places].find(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The names of the tools that this machine lacks. */
export const missingTools = () => Object.keys(tools).filter(name => findTool(name) === undefined)

/** What a person must install to have a tool, in words. */
export const howToInstall = name =>
  `${name} is not installed (Debian: apt-get install ${tools[name].package}), needed by ${tools[name].use}`
