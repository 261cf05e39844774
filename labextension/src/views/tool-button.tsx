/** A small button of a view's own bar. */
export function ToolButton(props: {
  name: string;
  onClick: () => void;
  disabled?: boolean;
  isPressed?: boolean;
}) {
  return (
    <button
      type="button"
      className="jp-PyPerf-tool"
      onClick={props.onClick}
      disabled={props.disabled}
      aria-pressed={props.isPressed}
    >
      {props.name}
    </button>
  );
}
