import { defineContract, Type } from '@simple-ipc/rpc'

const params = Type.Object({ constructor: Type.Integer(), toString: Type.Optional(Type.String()) })

/** Methods and members called like what every object, or the head of every file, already has. */
export const contract = defineContract({
  name: 'inherited-names',
  version: '1.0.0',
  child: {
    methods: {
      constructor: { params, result: Type.Object({ valueOf: Type.String() }) },
      hasOwnProperty: { errors: { valueOf: { code: 1, data: Type.Object({ limit: Type.Integer() }) } } },
      toString: { result: Type.String() },
      dataclass: { result: Type.Boolean() },
      Callable: {},
    },
  },
})
