package peer

// RuntimeVersion is the version of the generator; the contract's file checks that it was made by the same.
const RuntimeVersion = "0.0.0"

// protocolVersion is what rpc.contract answers as "protocol".
const protocolVersion = 1
