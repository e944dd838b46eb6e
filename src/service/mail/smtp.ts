import { createTransport } from 'nodemailer'
import { Fault } from '#core/failure/faults.ts'
import { isLoopback } from '../config.ts'
import type { Mailer } from '../ports.ts'

export type SmtpTimeouts = { readonly connectMs: number; readonly greetingMs: number; readonly silenceMs: number }

const patience: SmtpTimeouts = { connectMs: 10_000, greetingMs: 10_000, silenceMs: 20_000 }

/** Reads `smtp://user:password@host:port` or `smtps://...`. Throws a TypeError with a sentence for the operator (never with the password). */
export function parseSmtpUrl(text: string) {
  const url = URL.parse(text)
  if (!url || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '')
    throw new TypeError('OKPAY_SMTP_URL has the form smtp://user:password@host:port or smtps://...')
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(url.username !== '' && { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
  }
}

/**
 * Sends by a real mail server. TLS is required and verified, but for `smtp://` to this computer itself, where there is no wire to listen on.
 * Faults: `mail_failed`, with the server's answer as the cause.
 */
export function createSmtpMailer(url: string, from: string, timeouts: SmtpTimeouts = patience): Mailer {
  const server = parseSmtpUrl(url)
  const isNear = !server.secure && isLoopback(server.host)
  const transport = createTransport({
    ...server,
    requireTLS: !server.secure && !isNear,
    ignoreTLS: isNear,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    deliveredBy: 'smtp',
    send: async ({ to, subject, text }) => {
      try {
        // An object, not a string: nothing in the address is parsed as a list of addresses.
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text, headers: { 'Auto-Submitted': 'auto-generated' } })
      } catch (cause) {
        throw new Fault('mail_failed', { cause })
      }
    },
  }
}
