import { defineContract, Type } from '@simple-ipc/rpc'

/** Types that hold themselves: directly, through each other, in maps, through null. */
export const contract = defineContract({
  name: 'recursive',
  version: '1.0.0',
  types: {
    Tree: Type.Object({ value: Type.Integer(), children: Type.Array(Type.Ref('Tree')) }),
    Chain: Type.Object({ next: Type.Union([Type.Ref('Chain'), Type.Null()]) }),
    Even: Type.Object({ odd: Type.Optional(Type.Ref('Odd')) }),
    Odd: Type.Object({ even: Type.Optional(Type.Ref('Even')) }),
    Folder: Type.Record(Type.String(), Type.Ref('Folder')),
    Pair: Type.Tuple([Type.Integer(), Type.Union([Type.Ref('Pair'), Type.Null()])]),
    Anything: Type.Unknown(),
  },
  child: { methods: { walk: { params: Type.Ref('Tree'), result: Type.Ref('Folder') } } },
})
