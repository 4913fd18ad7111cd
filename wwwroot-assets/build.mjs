// Restores the packages of package-lock.json when they changed, and bundles into the folder given.
// Called by src/MnfstRag.Admin/Assets.targets; speaks MSBuild's form of an error, one sentence a fault.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const output = resolve(process.argv[2]);
const lock = join(here, '.building');
const bundled = join(here, '.bundled');

class Fault extends Error {}

function filesOf(folder) {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter(e => e.isFile()).map(e => join(e.parentPath, e.name))
    : [];
}

const alive = pid => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return e.code === 'EPERM';
  }
};

// Builds of the host, its tests and another configuration may run side by side: one bundles, the others wait for it.
async function exclusively(work) {
  const patience = Date.now() + 300_000;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
    }
    const owner = Number(safeRead(lock));
    if (owner && !alive(owner)) rmSync(lock, { force: true });
    if (Date.now() > patience) throw new Fault(`Another build has been bundling for five minutes (process ${owner}); end it, or delete ${lock}.`);
    await new Promise(done => setTimeout(done, 100));
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function safeRead(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (e) {
    if (e.code === 'ENOENT') return '';
    throw e;
  }
}

function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(relative(here, file)).update(readFileSync(file));
  return hash.digest('hex');
}

function restore() {
  const stamp = join(here, 'node_modules', '.restored');
  const wanted = fingerprint([join(here, 'package-lock.json')]) + process.versions.modules;
  if (safeRead(stamp) === wanted) return;
  console.log('Restoring packages of wwwroot-assets (npm ci)');
  // esbuild's binary is a package of its own: no install script is needed, so none is allowed to run.
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here, encoding: 'utf8', shell: process.platform === 'win32',
  });
  if (npm.error?.code === 'ENOENT') throw new Fault('npm was not found: install Node 20 or newer, which brings npm, and build again.');
  if (npm.status !== 0) {
    const reason = (npm.stderr ?? '').split('\n').map(line => line.replace(/^npm (error|ERR!)\s*/, '').trim()).find(line => line && !line.startsWith('npm warn'));
    throw new Fault(`npm ci could not restore the packages of wwwroot-assets: ${reason ?? npm.error?.message ?? 'no reason was given'}`);
  }
  writeFileSync(stamp, wanted);
}

async function bundle() {
  const { build } = await import('esbuild');
  const fresh = `${output}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const common = {
    bundle: true, minify: true, outdir: fresh, target: ['es2022', 'chrome111', 'firefox114', 'safari16.4'],
    logLevel: 'silent', legalComments: 'eof', absWorkingDir: here,
  };
  try {
    await Promise.all([
      build({ ...common, format: 'esm', entryPoints: { app: 'js/app.js', chart: 'js/chart.js' } }),
      build({ ...common, format: 'iife', entryPoints: { theme: 'js/theme.js' } }),
      build({
        ...common, entryPoints: { app: 'css/app.css' }, assetNames: 'fonts/[name]',
        loader: { '.woff2': 'file', '.svg': 'dataurl' },
      }),
    ]);
  } catch (e) {
    const first = e.errors?.[0];
    if (!first) throw e;
    throw new Fault(`${first.text} (${first.location?.file}:${first.location?.line})`);
  }
  const still = join(here, 'static');
  for (const file of filesOf(still)) {
    const to = join(fresh, relative(still, file));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, readFileSync(file));
  }
  takeOver(fresh);
}

// File by file, and only what changed: a build beside this one may be reading the folder.
function takeOver(fresh) {
  const kept = new Set();
  for (const file of filesOf(fresh)) {
    const to = join(output, relative(fresh, file));
    kept.add(to);
    if (existsSync(to) && statSync(to).size === statSync(file).size && readFileSync(to).equals(readFileSync(file))) continue;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(file, to);
  }
  for (const file of filesOf(output)) if (!kept.has(file)) rmSync(file);
  rmSync(fresh, { recursive: true, force: true });
}

try {
  await exclusively(async () => {
    restore();
    const sources = ['css', 'js', 'icons', 'static'].flatMap(name => filesOf(join(here, name)));
    const now = fingerprint([...sources, join(here, 'package-lock.json'), fileURLToPath(import.meta.url)]) + output;
    if (safeRead(bundled) !== now || !existsSync(join(output, 'app.css'))) await bundle();
    // Written even when nothing changed: its time is what MSBuild compares.
    writeFileSync(bundled, now);
  });
} catch (e) {
  const fault = e instanceof Fault ? e.message : e.code === 'ENOSPC' ? 'No space is left on the disk.' : e.stack;
  console.error(`wwwroot-assets : error ASSETS001: ${fault}`);
  process.exitCode = 3;
}
