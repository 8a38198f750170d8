/** A template of Ollama's, and what it makes of `Hello`, of a system before it, and of a conversation that goes on. */
export interface OllamaTemplate {
  template: string;
  user: string;
  systemUser: string;
  conversation: string;
}

/** The templates that Ollama knows by heart, for models whose file has another one: the same forms, written anew. */
export const ollamaTemplates: Readonly<Record<string, OllamaTemplate>> = {
  alfred: {
    template:
      '{{ if .System }}<start_system>{{ .System }}<end_message>{{ end }}{{ if .Prompt }}<start_user>{{ .Prompt }}<end_message>{{ end }}<start_assistant>{{ .Response }}',
    user: '<start_user>Hello<end_message><start_assistant>',
    systemUser: '<start_system>You are kind.<end_message><start_user>Hello<end_message><start_assistant>',
    conversation:
      '<start_system>You are kind.<end_message><start_user>Hello<end_message><start_assistant>Hi there<start_user>How are you?<end_message><start_assistant>',
  },
  alpaca: {
    template:
      '{{ if .System }}{{ .System }}\n\n{{ end }}{{ if .Prompt }}### Instruction:\n{{ .Prompt }}\n\n{{ end }}### Response:\n{{ .Response }}\n\n',
    user: '### Instruction:\nHello\n\n### Response:\n',
    systemUser: 'You are kind.\n\n### Instruction:\nHello\n\n### Response:\n',
    conversation:
      'You are kind.\n\n### Instruction:\nHello\n\n### Response:\nHi there\n\n### Instruction:\nHow are you?\n\n### Response:\n',
  },
  chatml: {
    template:
      '{{- range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n',
    user: '<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n',
    systemUser:
      '<|im_start|>system\nYou are kind.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n',
    conversation:
      '<|im_start|>system\nYou are kind.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\nHi there<|im_end|>\n<|im_start|>user\nHow are you?<|im_end|>\n<|im_start|>assistant\n',
  },
  chatqa: {
    template:
      '{{ if .System }}System: {{ .System }}\n\n{{ end }}{{ if .Prompt }}User: {{ .Prompt }}\n\n{{ end }}Assistant: {{ .Response }}\n\n',
    user: 'User: Hello\n\nAssistant: ',
    systemUser: 'System: You are kind.\n\nUser: Hello\n\nAssistant: ',
    conversation: 'System: You are kind.\n\nUser: Hello\n\nAssistant: Hi there\n\nUser: How are you?\n\nAssistant: ',
  },
  'codellama-70b-instruct': {
    template:
      '{{ if .System }}Source: system\n\n {{ .System }} <step> {{ end }}Source: user\n\n {{ .Prompt }} <step> Source: assistant\nDestination: user\n\n {{ .Response }}<step> ',
    user: 'Source: user\n\n Hello <step> Source: assistant\nDestination: user\n\n ',
    systemUser:
      'Source: system\n\n You are kind. <step> Source: user\n\n Hello <step> Source: assistant\nDestination: user\n\n ',
    conversation:
      'Source: system\n\n You are kind. <step> Source: user\n\n Hello <step> Source: assistant\nDestination: user\n\n Hi there<step> Source: user\n\n How are you? <step> Source: assistant\nDestination: user\n\n ',
  },
  'command-r': {
    template:
      '{{- range .Messages }}{{- if eq .Role "system" }}<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>{{ .Content }}<|END_OF_TURN_TOKEN|>\n{{- else if eq .Role "user" }}<|START_OF_TURN_TOKEN|><|USER_TOKEN|>{{ .Content }}<|END_OF_TURN_TOKEN|>\n{{- else if eq .Role "assistant" }}<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>{{ .Content }}<|END_OF_TURN_TOKEN|>\n{{- end }}\n{{- end }}<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>',
    user: '<|START_OF_TURN_TOKEN|><|USER_TOKEN|>Hello<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>',
    systemUser:
      '<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>You are kind.<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|USER_TOKEN|>Hello<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>',
    conversation:
      '<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>You are kind.<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|USER_TOKEN|>Hello<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>Hi there<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|USER_TOKEN|>How are you?<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>',
  },
  'falcon-instruct': {
    template:
      '{{ if .System }}System: {{ .System }}\n{{ end }}{{ if .Prompt }}User:\n{{ .Prompt }}\n{{ end }}Falcon:\n{{ .Response }}\n',
    user: 'User:\nHello\nFalcon:\n',
    systemUser: 'System: You are kind.\nUser:\nHello\nFalcon:\n',
    conversation: 'System: You are kind.\nUser:\nHello\nFalcon:\nHi there\nUser:\nHow are you?\nFalcon:\n',
  },
  'gemma-instruct': {
    template:
      '{{- $system := "" }}{{- range .Messages }}{{- if eq .Role "system" }}{{- if not $system }}{{ $system = .Content }}{{- else }}{{ $system = printf "%s\\n\\n%s" $system .Content }}{{- end }}\n{{- continue }}\n{{- else if eq .Role "user" }}<start_of_turn>user\n{{- if $system }}\n{{ $system }}\n{{ $system = "" }}\n{{- end }}\n{{- else if eq .Role "assistant" }}<start_of_turn>model\n{{- end }}\n{{ .Content }}<end_of_turn>\n{{ end }}<start_of_turn>model\n',
    user: '<start_of_turn>user\nHello<end_of_turn>\n<start_of_turn>model\n',
    systemUser: '<start_of_turn>user\nYou are kind.\n\nHello<end_of_turn>\n<start_of_turn>model\n',
    conversation:
      '<start_of_turn>user\nYou are kind.\n\nHello<end_of_turn>\n<start_of_turn>model\nHi there<end_of_turn>\n<start_of_turn>user\nHow are you?<end_of_turn>\n<start_of_turn>model\n',
  },
  'granite-instruct': {
    template:
      '{{ if .System }}System:\n{{ .System }}\n\n{{ end }}{{ if .Prompt }}Question:\n{{ .Prompt }}\n\n{{ end }}Answer:\n{{ .Response }}\n\n',
    user: 'Question:\nHello\n\nAnswer:\n',
    systemUser: 'System:\nYou are kind.\n\nQuestion:\nHello\n\nAnswer:\n',
    conversation:
      'System:\nYou are kind.\n\nQuestion:\nHello\n\nAnswer:\nHi there\n\nQuestion:\nHow are you?\n\nAnswer:\n',
  },
  'llama2-chat': {
    template:
      '{{ if .Prompt }}[INST] {{ if .System }}<<SYS>>\n{{ .System }}\n<</SYS>>\n\n{{ end }}{{ .Prompt }} [/INST]{{ end }} {{ .Response }}</s><s>',
    user: '[INST] Hello [/INST] ',
    systemUser: '[INST] <<SYS>>\nYou are kind.\n<</SYS>>\n\nHello [/INST] ',
    conversation:
      '[INST] <<SYS>>\nYou are kind.\n<</SYS>>\n\nHello [/INST] Hi there</s><s>[INST] How are you? [/INST] ',
  },
  'llama3-instruct': {
    template:
      '{{- range .Messages }}<|start_header_id|>{{ .Role }}<|end_header_id|>\n\n{{ .Content }}<|eot_id|>\n{{- end }}<|start_header_id|>assistant<|end_header_id|>\n\n',
    user: '<|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
    systemUser:
      '<|start_header_id|>system<|end_header_id|>\n\nYou are kind.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
    conversation:
      '<|start_header_id|>system<|end_header_id|>\n\nYou are kind.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHi there<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHow are you?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
  },
  magicoder: {
    template:
      '{{ if .System }}{{ .System }}\n\n{{ end }}{{ if .Prompt }}@@ Instruction\n{{ .Prompt }}\n\n{{ end }}@@ Response\n{{ .Response }}\n\n',
    user: '@@ Instruction\nHello\n\n@@ Response\n',
    systemUser: 'You are kind.\n\n@@ Instruction\nHello\n\n@@ Response\n',
    conversation:
      'You are kind.\n\n@@ Instruction\nHello\n\n@@ Response\nHi there\n\n@@ Instruction\nHow are you?\n\n@@ Response\n',
  },
  'mistral-instruct': {
    template: '[INST] {{ if .System }}{{ .System }}\n\n{{ end }}{{ .Prompt }}[/INST] {{ .Response }}</s>',
    user: '[INST] Hello[/INST] ',
    systemUser: '[INST] You are kind.\n\nHello[/INST] ',
    conversation: '[INST] You are kind.\n\nHello[/INST] Hi there</s>[INST] How are you?[/INST] ',
  },
  openchat: {
    template:
      '{{ if .System }}GPT4 Correct System: {{ .System }}<|end_of_turn|>{{ end }}{{ if .Prompt }}GPT4 Correct User: {{ .Prompt }}<|end_of_turn|>{{ end }}GPT4 Correct Assistant: {{ .Response }}<|end_of_turn|>',
    user: 'GPT4 Correct User: Hello<|end_of_turn|>GPT4 Correct Assistant: ',
    systemUser:
      'GPT4 Correct System: You are kind.<|end_of_turn|>GPT4 Correct User: Hello<|end_of_turn|>GPT4 Correct Assistant: ',
    conversation:
      'GPT4 Correct System: You are kind.<|end_of_turn|>GPT4 Correct User: Hello<|end_of_turn|>GPT4 Correct Assistant: Hi there<|end_of_turn|>GPT4 Correct User: How are you?<|end_of_turn|>GPT4 Correct Assistant: ',
  },
  'phi-3': {
    template: '{{- range .Messages }}<|{{ .Role }}|>\n{{ .Content }}<|end|>\n{{ end }}<|assistant|>\n',
    user: '<|user|>\nHello<|end|>\n<|assistant|>\n',
    systemUser: '<|system|>\nYou are kind.<|end|>\n<|user|>\nHello<|end|>\n<|assistant|>\n',
    conversation:
      '<|system|>\nYou are kind.<|end|>\n<|user|>\nHello<|end|>\n<|assistant|>\nHi there<|end|>\n<|user|>\nHow are you?<|end|>\n<|assistant|>\n',
  },
  'solar-instruct': {
    template:
      '{{ if .System }}### System:\n{{ .System }}\n\n{{ end }}{{ if .Prompt }}### User:\n{{ .Prompt }}\n\n{{ end }}### Assistant:\n{{ .Response }}</s>\n\n',
    user: '### User:\nHello\n\n### Assistant:\n',
    systemUser: '### System:\nYou are kind.\n\n### User:\nHello\n\n### Assistant:\n',
    conversation:
      '### System:\nYou are kind.\n\n### User:\nHello\n\n### Assistant:\nHi there</s>\n\n### User:\nHow are you?\n\n### Assistant:\n',
  },
  'starcoder2-instruct': {
    template:
      '{{ if .System }}{{ .System }}\n\n{{ end }}{{ if .Prompt }}### Instruction\n{{ .Prompt }}\n\n{{ end }}### Response\n{{ .Response }}<|endoftext|>\n\n',
    user: '### Instruction\nHello\n\n### Response\n',
    systemUser: 'You are kind.\n\n### Instruction\nHello\n\n### Response\n',
    conversation:
      'You are kind.\n\n### Instruction\nHello\n\n### Response\nHi there<|endoftext|>\n\n### Instruction\nHow are you?\n\n### Response\n',
  },
  vicuna: {
    template:
      '{{ if .System }}{{ .System }}\n\n{{ end }}{{ if .Prompt }}USER: {{ .Prompt }}\n{{ end }}ASSISTANT: {{ .Response }}</s>\n',
    user: 'USER: Hello\nASSISTANT: ',
    systemUser: 'You are kind.\n\nUSER: Hello\nASSISTANT: ',
    conversation: 'You are kind.\n\nUSER: Hello\nASSISTANT: Hi there</s>\nUSER: How are you?\nASSISTANT: ',
  },
  zephyr: {
    template: '{{- range .Messages }}<|{{ .Role }}|>\n{{ .Content }}</s>\n{{ end }}<|assistant|>\n',
    user: '<|user|>\nHello</s>\n<|assistant|>\n',
    systemUser: '<|system|>\nYou are kind.</s>\n<|user|>\nHello</s>\n<|assistant|>\n',
    conversation:
      '<|system|>\nYou are kind.</s>\n<|user|>\nHello</s>\n<|assistant|>\nHi there</s>\n<|user|>\nHow are you?</s>\n<|assistant|>\n',
  },
  'qwen2.5 (from the library)': {
    template:
      '{{- if .Messages }}\n{{- if or .System .Tools }}<|im_start|>system\n{{- if .System }}\n{{ .System }}\n{{- end }}\n{{- if .Tools }}\n\n# Tools\n{{- end }}<|im_end|>\n{{ end }}\n{{- range $i, $_ := .Messages }}\n{{- $last := eq (len (slice $.Messages $i)) 1 -}}\n{{- if eq .Role "user" }}<|im_start|>user\n{{ .Content }}<|im_end|>\n{{ else if eq .Role "assistant" }}<|im_start|>assistant\n{{ if .Content }}{{ .Content }}\n{{- else if .ToolCalls }}<tool_call>\n{{ range .ToolCalls }}{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}\n{{ end }}</tool_call>\n{{- end }}{{ if not $last }}<|im_end|>\n{{ end }}\n{{- else if eq .Role "tool" }}<|im_start|>user\n<tool_response>\n{{ .Content }}\n</tool_response><|im_end|>\n{{ end }}\n{{- if and (ne .Role "assistant") $last }}<|im_start|>assistant\n{{ end }}\n{{- end }}\n{{- else }}\n{{- if .System }}<|im_start|>system\n{{ .System }}<|im_end|>\n{{ end }}{{ if .Prompt }}<|im_start|>user\n{{ .Prompt }}<|im_end|>\n{{ end }}<|im_start|>assistant\n{{ end }}{{ .Response }}{{ if .Response }}<|im_end|>{{ end }}',
    user: '<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n',
    systemUser:
      '<|im_start|>system\nYou are kind.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n',
    conversation:
      '<|im_start|>system\nYou are kind.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\nHi there<|im_end|>\n<|im_start|>user\nHow are you?<|im_end|>\n<|im_start|>assistant\n',
  },
};
