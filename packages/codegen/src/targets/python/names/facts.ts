import { nameOf, type Spelling } from '../../../naming/assign-names.js'
import { pascalCase, snakeCase } from '../../../naming/words.js'
import { keywords } from './keywords.js'
import { widthByCharacter as width } from '../../../print/text-width.js'

/** The runtime's folder, and the name by which generated code imports it. */
export const runtimeFolder = 'simple_ipc'
export const runtimeAlias = 'ipc'

/** Classes that generated code makes or imports; the list is the same for every contract. */
const ourClasses = [
  ...[
    'ABC',
    'Any',
    'ClassVar',
    'Final',
    'Generator',
    'Generic',
    'Literal',
    'Mapping',
    'NoReturn',
    'Sequence',
    'TypeAlias',
  ],
  ...[
    'TypeGuard',
    'Union',
    'Awaitable',
    'Callable',
    'ChildHandlers',
    'AsyncChildClient',
    'AsyncHostClient',
    'ChildClient',
    'HostHandlers',
    'HostClient',
    'TYPE_CHECKING',
  ],
]

/** Built-in names with a capital: shadowing one would mislead readers. */
const builtinClasses = [
  ...[
    'ArithmeticError',
    'AssertionError',
    'AttributeError',
    'BaseException',
    'BaseExceptionGroup',
    'BlockingIOError',
  ],
  ...['BrokenPipeError', 'BufferError', 'BytesWarning', 'ChildProcessError', 'ConnectionAbortedError'],
  ...['ConnectionError', 'ConnectionRefusedError', 'ConnectionResetError', 'DeprecationWarning', 'EOFError'],
  ...['Ellipsis', 'EncodingWarning', 'EnvironmentError', 'Exception', 'ExceptionGroup', 'FileExistsError'],
  ...['FileNotFoundError', 'FloatingPointError', 'FutureWarning', 'GeneratorExit', 'IOError', 'ImportError'],
  ...['ImportWarning', 'IndentationError', 'IndexError', 'InterruptedError', 'IsADirectoryError', 'KeyError'],
  ...[
    'KeyboardInterrupt',
    'LookupError',
    'MemoryError',
    'ModuleNotFoundError',
    'NameError',
    'NotADirectoryError',
  ],
  ...['NotImplemented', 'NotImplementedError', 'OSError', 'OverflowError', 'PendingDeprecationWarning'],
  ...['PermissionError', 'ProcessLookupError', 'PythonFinalizationError', 'RecursionError', 'ReferenceError'],
  ...[
    'ResourceWarning',
    'RuntimeError',
    'RuntimeWarning',
    'StopAsyncIteration',
    'StopIteration',
    'SyntaxError',
  ],
  ...[
    'SyntaxWarning',
    'SystemError',
    'SystemExit',
    'TabError',
    'TimeoutError',
    'TypeError',
    'UnboundLocalError',
  ],
  ...['UnicodeDecodeError', 'UnicodeEncodeError', 'UnicodeError', 'UnicodeTranslateError', 'UnicodeWarning'],
  ...['UserWarning', 'ValueError', 'Warning', 'ZeroDivisionError'],
]

/** Built-ins that annotations use: in a class, a member of the same name would hide them. */
const annotationNames = ['bool', 'bytes', 'float', 'int', 'object', 'str', 'tuple']

const columns = (most: number) => ({ most, widthOf: width })

/** So that what must stand on one line with a name finds room beside it, as deep inside as it comes. */
export const classSpelling: Spelling = {
  longest: columns(58),
  spell: pascalCase,
  reserved: new Set([...keywords, ...ourClasses, ...builtinClasses]),
  escape: name => `${name}Type`,
  prefix: 'T',
}

/** Exceptions end in Error, as Python's own do. */
export const errorSpelling: Spelling = {
  ...classSpelling,
  // Short enough to keep its end.
  spell: text => {
    const name = nameOf(text, { ...classSpelling, longest: columns(53), reserved: new Set() })
    return name.endsWith('Error') ? name : `${name}Error`
  },
}

/** Members of dataclasses, and methods. */
export const memberSpelling: Spelling = {
  longest: columns(46),
  spell: snakeCase,
  reserved: new Set([...keywords, ...annotationNames, runtimeAlias, 'self']),
  escape: name => `${name}_`,
  prefix: 'm_',
}

/** Methods of clients and handlers: a client has some of its own, and uses modules by these names. */
export const methodSpelling: Spelling = {
  ...memberSpelling,
  reserved: new Set([
    ...memberSpelling.reserved,
    ...['contract', 'host'],
    ...[
      'buffered_amount',
      'discover',
      'drained',
      'exit_report',
      'ping',
      'program',
      'send_plain_line',
      'stop',
    ],
  ]),
}

/** What follows `decode_` and `encode_`: nothing is reserved there. */
export const functionSpelling: Spelling = {
  longest: columns(50),
  spell: snakeCase,
  reserved: new Set(),
  escape: name => name,
  prefix: 'm_',
}

/** The module's file; it must not hide the runtime or a module of the standard library that we import. */
export const moduleSpelling: Spelling = {
  longest: columns(58),
  spell: snakeCase,
  reserved: new Set([...keywords, runtimeFolder]),
  escape: name => `${name}_contract`,
  prefix: 'm_',
}
