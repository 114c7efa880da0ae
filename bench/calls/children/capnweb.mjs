// @ts-check
import { RpcTarget } from 'capnweb'
import { capnweb } from '../../capnweb-over-stdio.mjs'

class Main extends RpcTarget {
  /** @param {number} value */
  increment(value) {
    return value + 1
  }
}
capnweb(process.stdin, process.stdout, new Main())
