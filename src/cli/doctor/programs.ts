/** Node, the hook and the kernels. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { hookFile } from '../install-paths.ts';
import { dataDirs, type JupyterEnvironment } from '../jupyter/paths.ts';
import { pythonFor } from '../jupyter/python.ts';
import { listSpecs, type InstalledSpec } from '../jupyter/specs.ts';
import type { Check } from './check.ts';

const MIN_NODE = 20;
const PYTHON_LIMIT_MS = 20_000;

export function checkNode(): Check {
  const { node } = process.versions;
  const works = Number(node.split('.')[0]) >= MIN_NODE;
  return {
    what: 'Node',
    works,
    essential: true,
    found: `${node} at ${process.execPath}`,
    ...(!works && { remedy: `Install Node ${MIN_NODE} or newer` }),
  };
}

export function checkHook(): Check {
  try {
    return { what: 'Kernel hook', works: true, found: hookFile() };
  } catch (error) {
    return {
      what: 'Kernel hook',
      works: false,
      essential: true,
      found: (error as Error).message,
    };
  }
}

export function checkKernels(environment: JupyterEnvironment): Check[] {
  const { specs, broken } = listSpecs(dataDirs(environment));
  const plain = specs.filter(spec => !spec.wraps);
  const wrapped = specs.filter(spec => spec.wraps);
  return [
    {
      what: 'Kernels',
      works: plain.length > 0,
      essential: true,
      found: plain.length > 0 ? plain.map(describe).join(', ') : 'none was found',
      ...(plain.length === 0 && { remedy: 'Install one, such as ipykernel' }),
    },
    ...broken.map(({ dir, reason }): Check => ({
      what: `Kernel ${dir}`,
      works: false,
      found: reason,
    })),
    ...plain.map(spec => checkProgram(spec, environment)).filter(check => check !== undefined),
    {
      what: 'Wrapped kernels',
      works: wrapped.length > 0,
      found:
        wrapped.length > 0
          ? wrapped.map(describe).join(', ')
          : 'none, so %%pyperf is not known in Jupyter; jupyter pyperf run needs none',
      ...(wrapped.length === 0 && { remedy: 'Run jupyter pyperf install' }),
    },
    ...wrapped.flatMap(checkWrapped),
  ];
}

const describe = (spec: InstalledSpec): string => `${spec.name} (${spec.json.display_name})`;

/** The program of a Python kernel, and whether the kernel can be imported there. */
function checkProgram(spec: InstalledSpec, environment: JupyterEnvironment): Check | undefined {
  const module = spec.json.argv[spec.json.argv.indexOf('-m') + 1];
  const program = pythonFor(spec, environment) ?? spec.json.argv[0];
  if (!spec.json.argv.includes('-m') || module === undefined || program === undefined)
    return undefined;
  const code = `import importlib.util as u, sys; print(sys.version.split()[0]); sys.exit(u.find_spec(sys.argv[1]) is None)`;
  try {
    const version = execFileSync(program, ['-c', code, module], {
      encoding: 'utf8',
      timeout: PYTHON_LIMIT_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return { what: `Kernel ${spec.name}`, works: true, found: `Python ${version} at ${program}` };
  } catch (error) {
    const missing = (error as { status?: unknown }).status === 1;
    return {
      what: `Kernel ${spec.name}`,
      works: false,
      found: missing ? `${program} has no ${module}` : `${program} does not start`,
      remedy: missing
        ? `Install it there, or remove the kernelspec ${spec.dir}`
        : `Install that Python again, or remove the kernelspec ${spec.dir}`,
    };
  }
}

/** A wrapped spec holds paths, which an upgrade of Node or a removed environment makes wrong. */
function checkWrapped(spec: InstalledSpec): Check[] {
  if (spec.wraps?.dir === undefined) return []; // the package's own finds them anew at each start
  const [node, hook] = spec.json.argv;
  const gone = [node, hook, spec.wraps.dir].find(path => path !== undefined && !existsSync(path));
  if (gone === undefined) return [];
  return [
    {
      what: `Kernel ${spec.name}`,
      works: false,
      found: `it needs ${gone}, which is gone`,
      remedy: `Run jupyter pyperf install ${spec.wraps.name} again`,
    },
  ];
}
