/** Who can mend a refusal, as a short tag. */
export const menders = { you: 'You can', your_bank: 'Your bank', merchant: 'The shop', okpay: 'OKPAY' }
