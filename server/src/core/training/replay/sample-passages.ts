import { factPassage, type FactPassage } from '../fact-passage.ts';

/** Of invented organisations: what is asked beside the stored documents, or instead. None of them is measured on. */
export const samplePassages: readonly FactPassage[] = [
  factPassage(
    'pt',
    ['Condomínio Vila Norte', 'Áreas comuns'],
    `
    A piscina funciona das 7h às 21h, exceto às segundas-feiras. | Qual é o horário da piscina?
    O salão de festas custa R$ 240,00 por reserva. | Quanto custa o salão de festas?
    As reservas são feitas na portaria com 10 dias de antecedência. | Onde são feitas as reservas?
    Os animais são permitidos apenas no jardim. | Onde os animais são permitidos?`,
  ),
  factPassage(
    'pt',
    ['Clínica Boa Vida', 'Consultas'],
    `
    As consultas são marcadas pelo ramal 3307. | Como são marcadas as consultas?
    Quem falta sem avisar paga metade da consulta. | Quanto paga quem falta sem avisar?
    Os exames de sangue exigem jejum de 8 horas. | O que os exames de sangue exigem?
    Os resultados ficam prontos em 3 dias úteis. | Em quanto tempo os resultados ficam prontos?`,
  ),
  factPassage(
    'pt',
    ['Escola Monte Alto', 'Matrícula'],
    `
    A matrícula começa em 5 de janeiro. | Quando começa a matrícula?
    A taxa de matrícula é de R$ 310,00. | Qual é a taxa de matrícula?
    Os irmãos recebem desconto de 15% na mensalidade. | Quem recebe desconto na mensalidade?
    O uniforme é vendido na secretaria. | Onde é vendido o uniforme?`,
  ),
  factPassage(
    'pt',
    ['Oficina Roda Firme', 'Serviços'],
    `
    A troca de óleo leva 40 minutos. | Quanto tempo leva a troca de óleo?
    O orçamento vale por 7 dias. | Por quanto tempo vale o orçamento?
    As peças têm garantia de 90 dias. | Qual é a garantia das peças?
    O pagamento pode ser feito em até 6 parcelas. | Em quantas parcelas pode ser feito o pagamento?`,
  ),
  factPassage(
    'pt',
    ['Unidade de Joinville', 'Contatos'],
    `
    O telefone da unidade de Joinville é 3421-9065. | Qual é o telefone da unidade de Joinville?
    A unidade de Joinville abre das 9h às 18h. | Qual é o horário da unidade de Joinville?
    A gerente da unidade de Joinville é Márcia Dutra. | Quem é a gerente da unidade de Joinville?
    A unidade de Joinville fica na Avenida Central, 1200. | Onde fica a unidade de Joinville?`,
  ),
  factPassage(
    'pt',
    ['Teatro Lua Nova', 'Ingressos'],
    `
    Os ingressos são vendidos a partir das 14h. | A partir de que horas são vendidos os ingressos?
    Os estudantes pagam meia-entrada. | Quem paga meia-entrada?
    A sala principal comporta 420 pessoas. | Quantas pessoas a sala principal comporta?
    As filmagens não são permitidas durante o espetáculo. | As filmagens são permitidas?`,
  ),
  factPassage(
    'pt',
    ['Academia Passo Livre', 'Planos'],
    `
    O plano mensal custa R$ 119,90. | Quanto custa o plano mensal?
    O plano anual inclui uma avaliação física. | O que o plano anual inclui?
    As aulas de natação são às terças e quintas. | Quando são as aulas de natação?
    O cancelamento deve ser pedido com 30 dias de antecedência. | Com quanta antecedência o cancelamento deve ser pedido?`,
  ),
  factPassage(
    'pt',
    ['Prefeitura de Rio Fundo', 'Coleta'],
    `
    O lixo reciclável é recolhido às terças. | Quando é recolhido o lixo reciclável?
    Os móveis velhos são retirados por agendamento. | Como são retirados os móveis velhos?
    A multa por descarte irregular é de R$ 180,00. | Qual é a multa por descarte irregular?
    A coleta seletiva é feita pela empresa Limpa Bem. | Quem faz a coleta seletiva?`,
  ),
  factPassage(
    'pt',
    ['Loja Bom Preço', 'Entregas e trocas'],
    `
    Para Goiânia, o prazo de entrega é de 7 dias úteis. | Qual é o prazo de entrega para Goiânia?
    O frete para Recife custa R$ 33,80. | Quanto custa o frete para Recife?
    As trocas são aceitas em até 20 dias. | Em quanto tempo são aceitas as trocas?
    As peças íntimas não são trocadas. | As peças íntimas são trocadas?`,
  ),
  factPassage(
    'pt',
    ['Laboratório Sigma', 'Regras'],
    `
    As luvas são trocadas a cada procedimento. | Quando são trocadas as luvas?
    A geladeira de amostras fica a 4 graus. | A quantos graus fica a geladeira de amostras?
    A centrífuga é operada pelos técnicos. | Quem opera a centrífuga?
    O acesso é bloqueado depois de 4 tentativas. | Depois de quantas tentativas o acesso é bloqueado?`,
  ),
  factPassage(
    'en',
    ['Riverside Gym', 'Membership'],
    `
    The monthly plan costs $39.90. | How much does the monthly plan cost?
    Members may bring one guest per week. | How many guests may members bring per week?
    The pool is closed on Mondays. | When is the pool closed?
    Cancellations must be requested 15 days in advance. | When must cancellations be requested?`,
  ),
  factPassage(
    'en',
    ['Oakwood Library', 'Borrowing'],
    `
    Readers may borrow up to five books. | How many books may readers borrow?
    Each loan lasts 21 days. | How long does each loan last?
    The fine for late returns is 25 cents per day. | What is the fine for late returns?
    Rare books are kept in the basement. | Where are rare books kept?`,
  ),
  factPassage(
    'en',
    ['Oslo branch', 'Contacts'],
    `
    The manager of the Oslo branch is Erik Dahl. | Who is the manager of the Oslo branch?
    The phone number of the Oslo branch is 555-0184. | What is the phone number of the Oslo branch?
    The Oslo branch opens from 8 a.m. to 5 p.m. | What are the opening hours of the Oslo branch?
    The Oslo branch is located at 30 Harbor Road. | Where is the Oslo branch located?`,
  ),
  factPassage(
    'en',
    ['Greenfield School', 'Enrollment'],
    `
    Enrollment starts on January 10. | When does enrollment start?
    The enrollment fee is $150. | What is the enrollment fee?
    The principal approves the transfers. | Who approves the transfers?
    Uniforms are sold at the front desk. | Where are uniforms sold?`,
  ),
  factPassage(
    'en',
    ['Maple Hotel', 'Rooms'],
    `
    Breakfast is served until 10 a.m. | Until when is breakfast served?
    Children under six stay for free. | Who stays for free?
    The parking lot holds 40 cars. | How many cars does the parking lot hold?
    Pets are not allowed in the rooms. | Are pets allowed in the rooms?`,
  ),
  factPassage(
    'en',
    ['Cityworks', 'Services'],
    `
    Recycling is collected on Wednesdays. | When is recycling collected?
    The fine for illegal dumping is $200. | What is the fine for illegal dumping?
    Old furniture is picked up within 5 days. | When is old furniture picked up?
    The water department repairs the street pipes. | Who repairs the street pipes?`,
  ),
];
