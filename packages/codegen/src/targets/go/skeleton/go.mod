module child

go 1.22
