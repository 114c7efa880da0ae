// @ts-check
import { RpcTarget } from 'capnweb'
import { capnweb } from '../../capnweb-over-stdio.mjs'

class Main extends RpcTarget {
  /** @param {Uint8Array} bytes */
  echo(bytes) {
    return bytes
  }
}
capnweb(process.stdin, process.stdout, new Main())
