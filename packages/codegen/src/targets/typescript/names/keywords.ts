/** What a type must not be called: names of the language and its library that readers, or the code below, rely on. */
export const globals: readonly string[] = [
  ...['AbortController', 'AbortSignal', 'AggregateError', 'Array', 'ArrayBuffer', 'AsyncGenerator'],
  ...[
    'AsyncIterable',
    'AsyncIterator',
    'Atomics',
    'Awaited',
    'BigInt',
    'Boolean',
    'Buffer',
    'DataView',
    'Date',
  ],
  ...['Error', 'EvalError', 'Exclude', 'Extract', 'Function', 'Generator', 'Infinity', 'Intl', 'Iterable'],
  ...[
    'Iterator',
    'JSON',
    'Map',
    'Math',
    'NaN',
    'NodeJS',
    'NonNullable',
    'Number',
    'Object',
    'Omit',
    'Parameters',
  ],
  ...['Partial', 'Pick', 'Promise', 'PromiseLike', 'Proxy', 'RangeError', 'Readonly', 'ReadonlyArray'],
  ...[
    'ReadonlyMap',
    'ReadonlySet',
    'Record',
    'ReferenceError',
    'Reflect',
    'RegExp',
    'Required',
    'ReturnType',
  ],
  ...['Set', 'SharedArrayBuffer', 'String', 'Symbol', 'SyntaxError', 'TypeError', 'URIError', 'Uint8Array'],
  ...['Uint8ClampedArray', 'WeakMap', 'WeakRef', 'WeakSet'],
]

/** What a method must not be called: members of every object, and of what a promise looks like. */
export const objectMembers: readonly string[] = [
  ...['constructor', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'then', 'toJSON'],
  ...['toLocaleString', 'toString', 'valueOf'],
]
