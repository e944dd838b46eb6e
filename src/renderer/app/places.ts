import { CircleQuestionMark, FileText, House, List, Plus, Send, Users } from 'lucide-react'

/** Where one can go, in the order of the digits. A feature adds its place here when it is there. */
export const places = [
  { to: '/', key: 'home', Icon: House },
  { to: '/activity', key: 'activity', Icon: List },
  { to: '/pay', key: 'pay', Icon: Send },
  { to: '/top-up', key: 'topUp', Icon: Plus },
  { to: '/contacts', key: 'contacts', Icon: Users },
  { to: '/statements', key: 'statements', Icon: FileText },
  { to: '/help', key: 'help', Icon: CircleQuestionMark },
] as const
