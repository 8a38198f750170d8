import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `plain` has no frame, `menu` fills a row of a menu. */
  variant?: 'primary' | 'secondary' | 'plain' | 'danger' | 'menu';
  icon?: IconName;
  children?: ReactNode;
}

export function Button({
  variant = 'secondary',
  icon,
  children,
  className = '',
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={`${variant === 'menu' ? 'menu-item' : `button ${variant}`} ${className}`} {...rest}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  icon: IconName;
  /** What it does: read out, and shown as a hint. */
  label: string;
}

export function IconButton({ label, variant = 'plain', className = '', ...rest }: IconButtonProps) {
  return <Button aria-label={label} title={label} variant={variant} className={`icon-button ${className}`} {...rest} />;
}
