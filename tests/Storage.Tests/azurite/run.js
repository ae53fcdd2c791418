// Runs Azurite until the standard input ends, so that it ends with the tests, however they end.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
require("azurite/dist/src/azurite.js");
