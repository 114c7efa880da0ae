module simpleipc

go 1.22
