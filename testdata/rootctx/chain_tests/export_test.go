package chain_tests

// Label is label, for the tests outside of the package.
var Label = label
