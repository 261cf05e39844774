/* Takes the place of zeromq's lib/load-addon.js inside our bundles: the addon lies beside the hook, for all bundles. */
const { join } = require('node:path');

function load(suffix) {
  const addon = { exports: {} };
  process.dlopen(
    addon,
    join(__dirname, '../kernel', `zeromq-${process.platform}-${process.arch}${suffix}.node`),
  );
  return { __esModule: true, default: addon.exports };
}

/* Trying takes no time; Node's report would name the C library, but takes 15 ms to make at every kernel start. */
function loadForLinux() {
  try {
    return load('-glibc');
  } catch (error) {
    try {
      return load('-musl');
    } catch {
      throw error;
    }
  }
}

module.exports = process.platform === 'linux' ? loadForLinux() : load('');
