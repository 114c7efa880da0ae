package simpleipc

// runtimeVersion is the version of the generator; the contract's file checks that it was made by the same.
const runtimeVersion = "0.0.0"

// protocolVersion is what rpc.contract answers as "protocol".
const protocolVersion = 1
