// The program that the host starts: fill in what each method does.
//
// A handler gets the params, where the contract has some, and a context. It answers with what it returns or resolves to,
// or throws one of the errors that the contract declares; an async generator sends a stream. What it prints goes to
// stderr. `generated` is made from the contract by `npx simple-ipc generate`; this file is yours.
import { serveEmpty } from '../../../../test/golden/empty/typescript/empty.js' // import

serveEmpty({}) // handlers
